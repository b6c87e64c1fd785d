"""From an event to the use case it means. One call is one turn in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from handlers import first_run
from handlers.announcements import page as announcement_page
from handlers.announcements.page import AnnouncementWish
from handlers.calendar import page_settings
from handlers.calendar.setting_forms import AskedSetting, SettingAction
from handlers.chat import (
    buttons,
    commands,
    edits,
    elsewhere,
    house_questions,
    onboarding,
    replies,
    report,
    rooms,
    talk,
)
from handlers.chat.turn import Turn
from handlers.context import Acting, Desk, UseCaseContext
from handlers.contracts import page as contract_page
from handlers.contracts.page import ContractWish
from handlers.counts import page as count_page
from handlers.counts.page import CountWish
from handlers.devices import handover_page, sightings_page
from handlers.devices import page as device_page
from handlers.devices.handover_page import HandoverWish
from handlers.devices.page import DeviceWish
from handlers.devices.sightings_page import SightingWish
from handlers.documents import page as document_page
from handlers.documents.page import DocumentWish
from handlers.domain.errors import AlreadyClaimed, Invalid, NotAllowed, NotFound, NotHolder, WrongState
from handlers.domain.idempotency import asked_by_page
from handlers.domain.months import Month
from handlers.domain.page_changes import AskedChange, Outcome, PageAction
from handlers.domain.people import Person
from handlers.domain.recommendations import AskedRecommendation
from handlers.events import (
    AccountClosed,
    ButtonPressed,
    ChangeAsked,
    ContactShared,
    ContractAsked,
    CountAsked,
    DeviceAsked,
    Event,
    HandoverAsked,
    KeepingAsked,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    MonthAsked,
    PaperworkAsked,
    PersonAsked,
    ReachChanged,
    RecommendationAsked,
    ScrapAsked,
    SettingAsked,
    SpokenAnonymously,
    StockAsked,
)
from handlers.first_run import SetupAction
from handlers.messages import PostedMessage, Recorded
from handlers.people import (
    accounts,
    department_page,
    join_codes,
    officer_page,
    page_people,
    place_page,
    reachability,
    staff,
)
from handlers.people.access import may_enter
from handlers.people.department_page import DepartmentAction
from handlers.people.officer_page import OfficerAction
from handlers.people.page_people import AskedOfPeople, PeopleAction
from handlers.people.place_page import PlaceAction
from handlers.ports import Conversation, UnitOfWork
from handlers.reports import month_changes, recommendations
from handlers.reports.month_changes import AskedMonth
from handlers.scrap import page as scrap_page
from handlers.scrap.page import ScrapWish
from handlers.settings import page as house_page
from handlers.settings.page import HouseAction
from handlers.stock import page as stock_page
from handlers.stock import resolving
from handlers.stock.page import StockWish
from handlers.tickets import page_keeping
from handlers.tickets.page_keeping import AskedKeeping, KeepingAction
from handlers.trainings import page as training_page
from handlers.trainings.page import TrainingWish
from knowledge import Reading

KNOWN_TO_WITHIN = timedelta(minutes=1)
"""So exactly it is known where somebody spoke last: not every message is worth a write of its own."""
_Spoken = MessageReceived | ButtonPressed | MessageEdited | MessageDeleted | ContactShared
"""What somebody did, as opposed to what the platform tells."""


def handle(desk: Desk, uow: UnitOfWork, event: Event, understand: Callable[[str], Reading]) -> None:
    """Do what the event asks for. Refusals are said to the person; only faults of ours (and Stale) are raised."""
    if isinstance(event, ReachChanged):
        reachability.changed(UseCaseContext(desk=desk, uow=uow, now=event.at), event)
        return
    if isinstance(event, AccountClosed):
        staff.account_closed(UseCaseContext(desk=desk, uow=uow, now=event.at), event)
        return
    if isinstance(event, SpokenAnonymously):
        rooms.anonymous(UseCaseContext(desk=desk, uow=uow, now=event.at), event)
        return
    if isinstance(event, ChangeAsked):
        _changed_on_a_page(desk, uow, event)
        return
    if isinstance(event, SettingAsked):
        _set_on_a_page(desk, uow, event)
        return
    if isinstance(event, KeepingAsked):
        _kept_on_a_page(desk, uow, event)
        return
    if isinstance(event, RecommendationAsked):
        _recommended_on_a_page(desk, uow, event)
        return
    if isinstance(event, MonthAsked):
        _month_on_a_page(desk, uow, event)
        return
    if isinstance(event, PersonAsked):
        _asked_of_people(desk, uow, event)
        return
    if isinstance(event, DeviceAsked | HandoverAsked | PaperworkAsked | StockAsked | CountAsked | ContractAsked):
        _asked_of_stores(desk, uow, event)
        return
    if isinstance(event, ScrapAsked):
        _asked_of_scrap(desk, uow, event)
        return
    person = uow.people.by_account(event.sender)
    if person is None:
        person = accounts.welcome(uow, event.sender, event.conversation, event.sender_name)
    conversation = _conversation(uow, event, person)
    turn = Turn(
        desk=desk,
        uow=uow,
        now=event.at,
        person=person,
        conversation=conversation,
        channel=conversation.channel,
        event_key=event.key,
        understand=understand,
        files=event.files if isinstance(event, MessageReceived) else (),
    )
    try:
        _dispatch(turn, event)
    except NotFound:
        turn.say(turn.address, "errors/not_found")
    except NotHolder as error:
        if error.holder is None:
            turn.say(turn.address, "errors/not_claimed", number=error.number)
        else:
            turn.say(turn.address, "errors/not_holder", number=error.number, holder=uow.people.get(error.holder))
    except NotAllowed:
        turn.say(turn.address, "errors/not_allowed")
    except AlreadyClaimed as error:
        holder = uow.people.get(error.holder)
        turn.say(turn.address, "errors/already_claimed", number=error.number, holder=holder)
    except WrongState as error:
        turn.say(turn.address, "errors/wrong_state", number=error.number, state=error.state)
    except Invalid as error:
        turn.refuse(error)
    turn.finish()


def _changed_on_a_page(desk: Desk, uow: UnitOfWork, event: ChangeAsked) -> None:
    """Nothing is said to who asked: their page waits for what came of it."""
    person = uow.people.by_account(event.sender)
    if person is None:
        return
    acting = Acting(desk=desk, uow=uow, now=event.at, person=person, channel=event.channel, event_key=event.key)
    if event.action not in set(PageAction):
        _refuse_unknown(acting)
        return
    resolving.carry_out(
        acting,
        AskedChange(
            number=event.ticket,
            action=PageAction(event.action),
            text=event.text,
            to=event.to,
            seen=event.seen,
            anyway=event.anyway,
            files=event.files,
            undoes=event.undoes,
        ),
    )


def _set_on_a_page(desk: Desk, uow: UnitOfWork, event: SettingAsked) -> None:
    person = uow.people.by_account(event.sender)
    if person is None:
        return
    acting = Acting(desk=desk, uow=uow, now=event.at, person=person, channel=event.channel, event_key=event.key)
    if event.action in set(HouseAction):
        house_page.carry_out(acting, HouseAction(event.action), event.given)
    elif event.action in set(DepartmentAction):
        department_page.carry_out(acting, DepartmentAction(event.action), event.given)
    elif event.action in set(OfficerAction):
        officer_page.carry_out(acting, OfficerAction(event.action), event.given)
    elif event.action in set(PlaceAction):
        place_page.carry_out(acting, PlaceAction(event.action), event.given)
    elif event.action in set(SetupAction):
        first_run.carry_out(acting, SetupAction(event.action), event.given)
    elif event.action in set(SettingAction):
        page_settings.carry_out(acting, AskedSetting(SettingAction(event.action), event.given))
    else:
        _refuse_unknown(acting)


def _recommended_on_a_page(desk: Desk, uow: UnitOfWork, event: RecommendationAsked) -> None:
    person = uow.people.by_account(event.sender)
    if person is None:
        return
    acting = Acting(desk=desk, uow=uow, now=event.at, person=person, channel=event.channel, event_key=event.key)
    recommendations.carry_out(acting, AskedRecommendation(year=event.year, text=event.text, seen=event.seen))


def _month_on_a_page(desk: Desk, uow: UnitOfWork, event: MonthAsked) -> None:
    person = uow.people.by_account(event.sender)
    if person is None:
        return
    acting = Acting(desk=desk, uow=uow, now=event.at, person=person, channel=event.channel, event_key=event.key)
    month_changes.carry_out(
        acting,
        AskedMonth(unit=event.unit, month=Month.parse(event.month), unlocks=event.unlocks, reason=event.reason),
    )


def _kept_on_a_page(desk: Desk, uow: UnitOfWork, event: KeepingAsked) -> None:
    person = uow.people.by_account(event.sender)
    if person is None:
        return
    acting = Acting(desk=desk, uow=uow, now=event.at, person=person, channel=event.channel, event_key=event.key)
    if event.action not in set(KeepingAction):
        _refuse_unknown(acting)
        return
    page_keeping.carry_out(acting, AskedKeeping(KeepingAction(event.action), event.given))


def _asked_of_stores(
    desk: Desk,
    uow: UnitOfWork,
    event: DeviceAsked | HandoverAsked | PaperworkAsked | StockAsked | CountAsked | ContractAsked,
) -> None:
    person = uow.people.by_account(event.sender)
    if person is None:
        return
    acting = Acting(desk=desk, uow=uow, now=event.at, person=person, channel=event.channel, event_key=event.key)
    if event.action in set(DeviceWish):
        device_page.carry_out(acting, DeviceWish(event.action), event.given)
    elif event.action in set(SightingWish):
        sightings_page.carry_out(acting, SightingWish(event.action), event.given)
    elif event.action in set(HandoverWish):
        handover_page.carry_out(acting, HandoverWish(event.action), event.given)
    elif event.action in set(AnnouncementWish):
        announcement_page.carry_out(acting, AnnouncementWish(event.action), event.given)
    elif event.action in set(TrainingWish):
        training_page.carry_out(acting, TrainingWish(event.action), event.given)
    elif event.action in set(DocumentWish):
        document_page.carry_out(acting, DocumentWish(event.action), event.given)
    elif event.action in set(StockWish):
        stock_page.carry_out(acting, StockWish(event.action), event.given)
    elif event.action in set(CountWish):
        count_page.carry_out(acting, CountWish(event.action), event.given)
    elif event.action in set(ContractWish):
        contract_page.carry_out(acting, ContractWish(event.action), event.given)
    else:
        _refuse_unknown(acting)


def _asked_of_scrap(desk: Desk, uow: UnitOfWork, event: ScrapAsked) -> None:
    person = uow.people.by_account(event.sender)
    if person is None:
        return
    acting = Acting(desk=desk, uow=uow, now=event.at, person=person, channel=event.channel, event_key=event.key)
    if event.action in set(ScrapWish):
        scrap_page.carry_out(acting, ScrapWish(event.action), event.given)
    else:
        _refuse_unknown(acting)


def _asked_of_people(desk: Desk, uow: UnitOfWork, event: PersonAsked) -> None:
    person = uow.people.by_account(event.sender)
    if person is None:
        return
    acting = Acting(desk=desk, uow=uow, now=event.at, person=person, channel=event.channel, event_key=event.key)
    if event.action not in set(PeopleAction):
        _refuse_unknown(acting)
        return
    page_people.carry_out(acting, AskedOfPeople(PeopleAction(event.action), event.given))


def _refuse_unknown(acting: Acting) -> None:
    """The page of another version asked for what this one cannot do: tried again it would be no better."""
    acting.uow.once.first(asked_by_page(acting.event_key, Outcome.REFUSED), acting.now)


def _conversation(uow: UnitOfWork, event: Event, person: Person) -> Conversation:
    conversation = uow.conversations.ensure(
        Conversation(
            address=event.conversation,
            channel=event.channel,
            person=None if event.in_room else person.id,
            is_room=event.in_room,
            active_at=event.at,
        )
    )
    spoke = conversation.active_at
    if not event.in_room and (spoke is None or event.at - spoke >= KNOWN_TO_WITHIN):
        uow.conversations.spoke(conversation.address, event.at)
    if not event.in_room and conversation.person != person.id:
        conversation.person = person.id  # the account was joined to somebody else by a code
        uow.conversations.save(conversation)
    return conversation


def _dispatch(turn: Turn, event: _Spoken) -> None:
    match event:
        case MessageReceived():
            _message(turn, event)
        case ButtonPressed():
            buttons.press(turn, event.token)
        case MessageEdited():
            edits.edit(turn, event.native_ref, event.text)
        case MessageDeleted():
            edits.edit(turn, event.native_ref, "")
        case ContactShared(email=""):
            onboarding.contact_shared(turn, event.phone)
        case ContactShared():
            onboarding.email_vouched(turn, event.email)


def _message(turn: Turn, event: MessageReceived) -> None:
    answered = turn.uow.messages.by_ref(turn.address, event.reply_to) if event.reply_to else None
    turn.uow.messages.record(_record(turn, event, answered))
    for file in event.files:
        if (attachment := turn.uow.attachments.get(file)) and attachment.uploader is None:
            attachment.uploader = turn.person.id
            turn.uow.attachments.add(attachment)
    text = event.text.strip()
    rest = bool(text or event.files) and not (turn.in_room and answered is None)
    for refused in event.refused:
        turn.refuse(Invalid(refused.reason, **{**refused.data, "rest": rest}))
    if event.refused and not text and not event.files:
        return
    if turn.person.gone:
        turn.say(turn.address, "errors/gone")
    elif turn.in_room:
        _in_room(turn, text, event, answered)
    else:
        _alone(turn, text, event, answered)


def _record(turn: Turn, event: MessageReceived, answered: PostedMessage | None) -> Recorded:
    return Recorded(
        conversation=turn.address,
        person=turn.person.id,
        text=join_codes.HIDDEN
        if onboarding.is_code(turn, event.text)
        else commands.as_kept(event.text, turn.working_time().local_date(turn.now)),
        files=event.files,
        reply_to=answered.id if answered else None,
        native_ref=event.native_ref,
        event_key=event.key,
        ticket=answered.ticket if answered else None,
    )


def _alone(turn: Turn, text: str, event: MessageReceived, answered: PostedMessage | None) -> None:
    complete = onboarding.is_complete(turn)
    asked = answered is not None or not complete
    if not commands.is_command(text) and elsewhere.told(turn, text, only_danger=asked) and not (asked or event.files):
        return
    if commands.is_command(text, *commands.ON_THE_WAY_IN) or complete:
        _in_private(turn, text, event, answered)
    else:
        onboarding.next_step(turn, text, event.files)


def _in_private(turn: Turn, text: str, event: MessageReceived, answered: PostedMessage | None) -> None:
    if commands.is_command(text):
        if event.files and not commands.takes_files(text):
            report.on_text(turn, "", event.files)
        commands.run(turn, text, answered)
    elif replies.tells_a_secret(turn, text, answered) or not (
        _replied(turn, text, event, answered)
        or house_questions.heard(turn, text, event.files)
        or talk.heard(turn, text, event.files)
    ):
        report.on_text(turn, text, event.files)


def _replied(turn: Turn, text: str, event: MessageReceived, answered: PostedMessage | None) -> bool:
    return answered is not None and replies.reply(turn, text, event.files, answered, threaded=event.threaded)


def _in_room(turn: Turn, text: str, event: MessageReceived, answered: PostedMessage | None) -> None:
    inside = may_enter(turn.person, turn.conversation)
    if commands.is_command(text, *commands.IN_ANY_GROUP) or (inside and commands.is_command(text)):
        commands.run(turn, text, answered)
    elif commands.is_command(text) and turn.person.known and turn.person.verified:
        turn.go_private()
        _alone(turn, text, event, answered)
    elif not inside:
        rooms.bystander(turn)
    elif not _replied(turn, text, event, answered):
        # what is neither a reply nor an answer is talk between colleagues: the desk keeps out of it
        replies.expected(turn, text, event.files)
