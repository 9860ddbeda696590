"""Advice and information for an assessment: asked for, chased, given by advisers, used again."""
