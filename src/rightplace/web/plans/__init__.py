"""EHC plans: writing them in sections A to K, checking that they are specific, issuing and comparing versions."""
