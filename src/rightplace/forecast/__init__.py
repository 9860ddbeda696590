"""The futures of EHC plans: who will join, move and leave, by need, setting kind and year group, with ranges."""
