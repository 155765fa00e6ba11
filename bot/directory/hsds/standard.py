"""The tables of HSDS 3 and Open Referral UK 3: every key, and what it may hold.

Kinds: `id`, `text`, `loose` (text that may have markup, or that nobody here reads), `number`,
`age`, `latitude`, `longitude`, `uri`, `email`, `date`, `time`, `byday`, `number_to_ring`,
`country`, `language`, `status`, `place`, `freq`, `day`; `[table]` is a list of records, `@table`
one record. `TABLES` has what both standards know together; `UK` has what the profile keeps.
"""

from collections.abc import Mapping
from dataclasses import dataclass

_WITH = "attributes:[attribute] metadata:[metadata]"


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its CSV file, its keys with their kinds in order, and the keys it must have."""

    file: str
    keys: Mapping[str, str]
    required: tuple[str, ...]


def _table(file: str, required: str, keys: str) -> Table:
    pairs = (key.partition(":") for key in keys.split())
    return Table(file, {name: kind or "text" for name, _, kind in pairs}, tuple(required.split()))


TABLES: Mapping[str, Table] = {
    "organization": _table(
        "organizations.csv",
        "id name description",
        "id:id name alternate_name description:loose email:email website:uri tax_status:loose "
        "tax_id:loose year_incorporated:number legal_status logo:loose uri:uri "
        "parent_organization_id:id additional_websites:[url] funding:[funding] contacts:[contact] "
        "phones:[phone] locations:[location] programs:[program] "
        f"organization_identifiers:[organization_identifier] {_WITH}",
    ),
    "organization_identifier": _table(
        "organization_identifiers.csv",
        "id identifier_type identifier",
        f"id:id organization_id:id identifier_scheme identifier_type identifier {_WITH}",
    ),
    "program": _table(
        "programs.csv",
        "id name description",
        f"id:id organization_id:id name alternate_name description:loose {_WITH}",
    ),
    "service": _table(
        "services.csv",
        "id name status",
        "id:id organization_id:id program_id:id name alternate_name description url:uri "
        "email:email status:status interpretation_services application_process fees_description "
        "wait_time fees accreditations eligibility_description minimum_age:age maximum_age:age "
        "assured_date:date assurer_email:email licenses:loose alert last_modified:loose "
        "additional_urls:[url] phones:[phone] schedules:[schedule] service_areas:[service_area] "
        "service_at_locations:[service_at_location] languages:[language] "
        "organization:@organization funding:[funding] cost_options:[cost_option] "
        "program:@program required_documents:[required_document] contacts:[contact] "
        f"capacities:[service_capacity] {_WITH}",
    ),
    "service_at_location": _table(
        "service_at_location.csv",
        "id",
        "id:id service_id:id location_id:id description service_areas:[service_area] "
        "contacts:[contact] phones:[phone] schedules:[schedule] location:@location "
        f"{_WITH}",
    ),
    "location": _table(
        "locations.csv",
        "id",  # the UK profile has no location_type
        "id:id location_type:place url:uri organization_id:id name alternate_name description "
        "transportation latitude:latitude longitude:longitude external_identifier "
        "external_identifier_type languages:[language] addresses:[address] contacts:[contact] "
        f"accessibility:[accessibility] phones:[phone] schedules:[schedule] {_WITH}",
    ),
    "address": _table(
        "addresses.csv",
        "id address_1 city state_province postal_code country address_type",
        "id:id location_id:id attention address_1 address_2 city region state_province "
        f"postal_code country:country address_type:place {_WITH}",
    ),
    "accessibility": _table(
        "accessibility.csv",
        "id",
        f"id:id location_id:id description details url:uri accessibility:loose {_WITH}",
    ),
    "phone": _table(
        "phones.csv",
        "id number",
        "id:id location_id:id service_id:id organization_id:id contact_id:id "
        "service_at_location_id:id number:number_to_ring extension:number type description "
        f"languages:[language] {_WITH}",
    ),
    "contact": _table(
        "contacts.csv",
        "id",
        "id:id organization_id:id service_id:id service_at_location_id:id location_id:id name "
        f"title department email:email phones:[phone] {_WITH}",
    ),
    "schedule": _table(
        "schedules.csv",
        "id",
        "id:id service_id:id location_id:id service_at_location_id:id valid_from:date "
        "valid_to:date dtstart:date timezone:number until:date count:number wkst:day freq:freq "
        "interval:number byday:byday byweekno bymonthday byyearday description opens_at:time "
        f"closes_at:time schedule_link:uri attending_type notes {_WITH}",
    ),
    "service_area": _table(
        "service_areas.csv",
        "id",
        "id:id service_id:id service_at_location_id:id name description extent:loose "
        f"extent_type:loose uri:loose service_area {_WITH}",
    ),
    "language": _table(
        "languages.csv",
        "id",
        f"id:id service_id:id location_id:id phone_id:id name code:language note {_WITH}",
    ),
    "attribute": _table(
        "attributes.csv",
        "id",
        "id:id link_id:id taxonomy_term_id:id link_type link_entity value "
        "taxonomy_term:@taxonomy_term label metadata:[metadata]",
    ),
    "taxonomy_term": _table(
        "taxonomy_terms.csv",
        "id name description",
        "id:id code name description:loose parent_id:id taxonomy:loose taxonomy_detail:@taxonomy "
        "language:language taxonomy_id:id term_uri:uri term metadata:[metadata]",
    ),
    "taxonomy": _table(
        "taxonomies.csv",
        "id name description",
        "id:id name description:loose uri:uri version taxonomy_terms:[taxonomy_term] "
        "metadata:[metadata]",
    ),
    "funding": _table(
        "funding.csv", "id", f"id:id organization_id:id service_id:id source:loose {_WITH}"
    ),
    "cost_option": _table(
        "cost_options.csv",
        "id",
        "id:id service_id:id valid_from:date valid_to:date option currency amount:number "
        f"amount_description {_WITH}",
    ),
    "required_document": _table(
        "required_documents.csv", "id", f"id:id service_id:id document uri:uri {_WITH}"
    ),
    "service_capacity": _table(
        "service_capacity.csv",
        "id",
        "id:id service_id:id unit:@unit unit_id:id available:number maximum:number description "
        f"updated:loose {_WITH}",
    ),
    "unit": _table("units.csv", "id name", f"id:id name scheme identifier uri:uri {_WITH}"),
    "url": _table(
        "url.csv", "id url", f"id:id label url:uri organization_id:id service_id:id {_WITH}"
    ),
    "metadata": _table(
        "metadata.csv",
        "id",
        "id:id resource_id:id resource_type:loose last_action_date:loose last_action_type:loose "
        "field_name:loose previous_value:loose replacement_value:loose updated_by:loose",
    ),
}

# What the UK profile keeps of what we export. It has no `attributes` in a schedule; schemas and
# readers pass over keys they do not know, and without them nothing would come back.
_UK = {
    "service": (
        "id organization_id name description url email status minimum_age maximum_age "
        "assured_date alert schedules service_areas service_at_locations languages organization "
        "contacts attributes"
    ),
    "organization": "id name description website organization_identifiers",
    "organization_identifier": ("id organization_id identifier_scheme identifier_type identifier"),
    "service_at_location": "id service_id location_id location",
    "location": "id location_type name description addresses accessibility attributes",
    "address": (
        "id location_id address_1 city region state_province postal_code country address_type"
    ),
    "accessibility": "id location_id description",
    "schedule": (
        "id service_id freq interval byday description opens_at closes_at attending_type notes "
        "attributes"
    ),
    "service_area": "id service_id name",
    "language": "id service_id",
    "contact": "id service_id name title attributes",
    "attribute": "id link_id taxonomy_term_id link_type value taxonomy_term",
    "taxonomy_term": "id code name description taxonomy taxonomy_id",
}
UK: Mapping[str, frozenset[str]] = {table: frozenset(keys.split()) for table, keys in _UK.items()}

STATUSES = ("active", "inactive", "defunct", "temporarily closed")
PLACES = ("physical", "postal", "virtual")
FREQUENCIES = ("WEEKLY", "MONTHLY")
WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def inner(kind: str) -> str | None:
    """The table of a kind that holds records, `[phone]` or `@location`; None for values."""
    return kind.strip("[]@") if kind[:1] in {"[", "@"} else None
