"""Who may manage property projects: one licence file per person and city."""
