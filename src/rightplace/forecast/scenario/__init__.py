"""What if: dated changes to a forecast's rates, told by people, and what would reach a goal."""
