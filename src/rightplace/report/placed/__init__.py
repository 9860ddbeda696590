"""The parts of the report of a September: where children go, what local places would do, settings, and fairness."""
