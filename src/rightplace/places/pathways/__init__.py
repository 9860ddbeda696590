"""The same children followed from 11 to 25: what they transfer to, and the places that takes."""
