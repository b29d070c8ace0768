"""The steps that bring a city's schema from nothing to the present; they name no schema and only ever move forward."""
