"""Training of the encoder that types marked sentences. Needs the packages in training/requirements.txt."""
