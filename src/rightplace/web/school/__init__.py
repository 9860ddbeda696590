"""What schools and colleges owe and give: answers, review paperwork, and the log of provision."""
