"""An editor's press on « soumettre à relecture » starts the review: nobody is a superuser here, and nobody is needed."""

from marelle.accounts.actions.seats import PUBLISHING
from marelle.accounts.enums import Role
from marelle.library.actions.office import open_the_office
from tests.accounts.factories import MembershipFactory, NationalTeamFactory
from tests.library.factories import ResourceFactory


def test_a_resource_goes_to_review_and_its_publishers_are_told(db, at, mailoutbox, commit):
    team = NationalTeamFactory()
    editor = MembershipFactory(organisation=team, role=Role.EDITOR).user
    open_the_office(at=at)
    resource = ResourceFactory(live=False)
    resource.save_revision(user=editor)
    with commit():
        state = resource.get_workflow().start(resource, editor)
    assert state.status == "in_progress"
    assert [group.name for group in state.current_task_state.task.specific.groups.all()] == [PUBLISHING]
