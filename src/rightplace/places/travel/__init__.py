"""How far it is from home to a setting, how long it takes, what the law says of it and what transport costs."""
