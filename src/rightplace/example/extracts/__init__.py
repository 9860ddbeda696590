"""The made-up area's other files: its register of schools, people, posts, costs, budget, attendance and learning."""
