"""A made-up local authority that lives through four years, calibrated to published figures."""
