"""Published statistics of England: EHC plans, population, money, places and neighbours, read into areas."""
