"""摘录篮: what was picked from documents, in an order, with notes; all of it stands in one address."""

from search.excerpts.basket import Basket, as_json, basket, noted
from search.excerpts.references import MOST, basket_address, in_address, picking_address, read

__all__ = ["MOST", "Basket", "as_json", "basket", "basket_address", "in_address", "noted", "picking_address", "read"]
