"""How pages look: the layout, the components, the forms and the words of dates."""
