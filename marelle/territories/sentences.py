"""What each kind of audit entry of this app says, in French."""

SENTENCES = {"territories.list.loaded": "a chargé la liste officielle des territoires"}
