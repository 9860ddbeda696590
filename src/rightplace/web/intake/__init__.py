"""Requests for an assessment, entered by an officer however they came."""
