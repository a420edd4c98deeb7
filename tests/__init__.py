"""The checks of the model, floor by floor and story by story."""
