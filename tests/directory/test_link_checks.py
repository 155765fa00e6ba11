import pytest

from tests.directory.entries import rules


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "https://a.b.example.org/x/y-z_1/", "https://example.org/a.html"],
)
def test_links_in_full_are_let_through(url):
    assert rules(contact=f'[{{type: webchat, url: "{url}"}}]') == []


@pytest.mark.parametrize(
    "url",
    [
        *("javascript:alert(1)", "https://", "https://localhost", "www.example.org"),
        *("https://user@example.org", "https://example.org/a b", "ftp://example.org"),
        *("https://samaritans.org@example.org", "https://samaritans.org:pw@example.org"),
        *(
            "//example.org",
            "https:/example.org",
            "https://[2001:db8::1]/",
            "https:\\\\example.org",
        ),
    ],
)
def test_anything_else_is_no_link(url):
    assert rules(contact=f'[{{type: webchat, url: "{url}"}}]') == ["not-a-link"]


def test_a_draft_may_still_have_an_insecure_link():
    website = "{website: http://example.org}"
    assert rules(status="draft", organisation=website) == []


@pytest.mark.parametrize(
    "rest",
    [
        *(":8443", "/?go=x", "?go=x", "#top", "//example.org", "/a//b", "/../b", "/./b", "/.."),
        *(
            "/a\\\\b",
            "/%2e%2e/b",
            "/go/https:/example.com",
            "/go/www.example.com",
            "/a;b",
            "/@a",
            "/a,b",
        ),
    ],
)
def test_a_link_with_more_than_a_page_in_it_is_a_trick(rest):
    assert rules(contact=f'[{{type: website, url: "https://example.org{rest}"}}]') == [
        "trick-link"
    ]


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "0x7f.0x1", "xn--rfuge-n2a.org.uk", "www.xn--e1afmkfd.com", "a.-b.org"]
)
def test_a_name_that_nobody_can_read_is_a_trick(host):
    assert rules(contact=f'[{{type: website, url: "https://{host}/a"}}]') == ["trick-link"]


@pytest.mark.parametrize(
    "host", ["bit.ly", "BIT.LY", "www.tinyurl.com", "t.me", "l.facebook.com", "www.google.com"]
)
def test_a_site_that_leads_anywhere_is_no_address(host):
    assert rules(contact=f'[{{type: website, url: "https://{host}/a"}}]') == ["hiding-link"]


@pytest.mark.parametrize("host", ["orbit.ly", "sites.google.com"])
def test_a_site_whose_name_ends_like_one_of_these_is_its_own(host):
    assert rules(contact=f'[{{type: website, url: "https://{host}/a"}}]') == []


@pytest.mark.parametrize("url", ["https://www.refuge.оrg.uk", "https://samaritans.org․uk"])
def test_a_foreign_letter_in_a_link_is_named(url):
    assert rules(contact=f'[{{type: website, url: "{url}"}}]') == ["not-ascii"]


@pytest.mark.parametrize("link", ["https://example.org:1", "https://bit.ly/a"])
def test_the_website_of_the_organisation_is_a_link_too(link):
    assert len(rules(organisation=f'{{website: "{link}"}}')) == 1


@pytest.mark.parametrize(
    "address",
    [
        *("a@b", "a@b.org,c@d.org", "a@b.org c@d.org", "a@b@c.org", "a b@c.org", "Jo <a@b.org>"),
        *("mailto:a@b.org", "a@b.org?cc=c@d.org", "a%40b.org@c.org", "a..b@c.org", "a@b..org"),
    ],
)
def test_what_is_not_one_mailbox_is_no_address(address):
    found = rules(contact=f'[{{type: phone, number: 111}}, {{type: email, address: "{address}"}}]')
    assert found == ["not-an-email"]


def test_a_mailbox_of_one_person_is_a_warning():
    mail = "{type: email, address: jo.centre@hotmail.co.uk}"
    assert rules(contact=f"[{{type: phone, number: 111}}, {mail}]") == ["free-mail"]
    own = mail.replace("hotmail.co.uk", "mail.example.org")
    assert rules(contact=f"[{{type: phone, number: 111}}, {own}]") == []
