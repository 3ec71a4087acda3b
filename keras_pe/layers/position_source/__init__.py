"""Where tokens stand: counted, drawn, shifted, stretched or squeezed; one file each."""
