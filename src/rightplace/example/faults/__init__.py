"""Known mistakes planted in the made-up returns, to try the checks on."""
