"""The area at a glance, and forecasts that are asked for, worked out in the background and read."""
