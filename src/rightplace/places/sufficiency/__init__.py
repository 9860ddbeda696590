"""Whether an area has the places that its futures ask for, by need, phase, kind of setting and locality."""
