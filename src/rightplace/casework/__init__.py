"""The statutory process of one case: what has happened, what is due, what may happen next and why not the rest."""
