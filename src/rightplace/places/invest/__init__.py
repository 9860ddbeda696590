"""The area's investment plan: which new places to make, where, when and how many, so that the plan holds in most futures."""
