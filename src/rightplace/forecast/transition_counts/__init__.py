"""The transition-count model: rates from counted transitions with little pooling, drawn afresh for every cell and year.

It is the method of the best open forecaster of EHC plans (MastodonC's witan.send), written from a
description of it. It serves to compare with, and to run an area that already has such inputs.
"""
