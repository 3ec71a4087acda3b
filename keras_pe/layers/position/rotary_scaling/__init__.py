"""How rotary frequencies change to reach past the trained length; one file each."""
