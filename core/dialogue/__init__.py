"""The one way in: a Request is answered by a Reply whose choices are Requests again."""
