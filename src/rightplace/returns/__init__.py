"""Files in and out: SEN2 returns and their checks, published statistics, registers; and areas made from them."""
