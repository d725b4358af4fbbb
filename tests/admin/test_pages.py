"""Every page of the admin opens, on an empty newsroom and on a full one."""

import pytest
from django.contrib import admin
from django.urls import reverse

from articles.models import Outlet
from tests.admin import newsrooms

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
IDS = [model._meta.label for model in MODELS]


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_the_chief_opens_every_empty_list(client, charlie, model):
    client.force_login(charlie)

    response = client.get(address(model, "changelist"))

    assert response.status_code == (302 if model is Outlet else 200)


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_the_chief_opens_every_list_of_a_full_newsroom(client, charlie, full, model):
    client.force_login(charlie)

    response = client.get(address(model, "changelist"), follow=True)

    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_the_chief_opens_every_row(client, charlie, full, model):
    client.force_login(charlie)
    row = model._default_manager.order_by("pk").first()

    response = client.get(address(model, "change", row.pk))

    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_the_chief_opens_every_form_for_a_new_row(client, charlie, model):
    client.force_login(charlie)

    response = client.get(address(model, "add"))

    assert response.status_code == (200 if model in newsrooms.MADE_BY_HAND else 403)


@pytest.fixture
def full(charlie, live):
    return newsrooms.fill(by=charlie, story=live)


def address(model, page, *args):
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)
