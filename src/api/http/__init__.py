"""How the world speaks to us over HTTP: a route translates and nothing else; what all routes share stands here once."""
