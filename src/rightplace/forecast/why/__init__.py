"""Why a forecast changes, and what makes it uncertain."""
