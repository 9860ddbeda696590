"""The engine: plans by year group, need and setting kind, a year at a time, in every future."""
