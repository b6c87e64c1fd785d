"""Who works at the desk: inviting somebody, and ending the rights of one who left."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import Invalid
from handlers.domain.people import Account, Person, PersonId, Role, UnitId
from handlers.domain.rights import Action, require
from handlers.events import AccountClosed
from handlers.people import accounts, admins, join_codes
from handlers.ports import JoinCode
from handlers.tickets import cards, holders, presence


def invite(acting: Acting, *, role: Role, unit: UnitId | None, name: str = "") -> str:
    """A one-time code that gives that role, for no longer than whoever acts is admin. Raises NotAllowed, and as
    `join_codes.invite`."""
    require(acting.person, Action.MANAGE_PEOPLE)
    code = join_codes.invite(
        acting.uow,
        acting.desk.randomness,
        role=role,
        unit=unit,
        name=name,
        made_by=acting.person.id,
        now=acting.now,
    )
    acting.uow.audit.log(acting.now, acting.person.id, "invited", f"{role}:{unit or '-'}", acting.channel)
    return code


def end_rights(acting: Acting, person: Person) -> int:
    """Somebody left: how many tickets went back to the queue. Raises Invalid(`not_yourself`)."""
    require_may_leave(acting, person)
    return close_rights(acting, person)


def require_may_leave(acting: Acting, person: Person) -> None:
    """Raises NotAllowed, Invalid(`not_yourself`, `last_admin`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    if person.id == acting.person.id:
        raise Invalid("not_yourself")
    admins.require_another(acting.uow, person)


def bring_back(acting: Acting, person: Person) -> bool:
    """It was a slip: role and accounts are theirs again, tickets that went to the queue stay there.

    Raises as `require_may_bring_back`.
    """
    require_may_bring_back(acting, person)
    if not person.gone or person.became is not None:
        return False
    person.not_gone_after_all(acting.now)
    acting.uow.people.save(person)
    about = f"{person.handle} {_standing(person)}"
    acting.uow.audit.log(acting.now, acting.person.id, "returned", about, acting.channel)
    return True


def require_may_bring_back(acting: Acting, person: Person) -> None:
    """Raises NotAllowed, Invalid(`admin_for_a_time`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    if person.gone:
        admins.require_may_bring_back(acting.person, person)


# --- roles ----------------------------------------------------------------------------------------
def require_role_may_be_given(
    acting: Acting, person: Person, role: Role, unit: UnitId | None, until: datetime | None
) -> None:
    """Raises NotAllowed; Invalid(`not_yourself`, `last_admin`, `role_past`, `role_of_gone`, `admin_for_a_time`), as
    `join_codes.invite`."""
    require(acting.person, Action.MANAGE_PEOPLE)
    join_codes.require_role(role, unit)
    if person.id == acting.person.id:
        raise Invalid("not_yourself")
    if person.gone:
        raise Invalid("role_of_gone", who=person)
    if until is not None and until <= acting.now:
        raise Invalid("role_past")
    admins.require_not_longer(acting.person, role, until)
    if role is not Role.ADMIN or until is not None:
        admins.require_another(acting.uow, person)


def give_role(acting: Acting, person: Person, role: Role, unit: UnitId | None, until: datetime | None = None) -> bool:
    """From now on, until then where an end is named; what they may not work on any more goes back. False: it was so.
    Raises as `require_role_may_be_given`."""
    require_role_may_be_given(acting, person, role, unit, until)
    if (person.role, person.unit, person.role_until) == (role, unit, until):
        return False
    before = _standing(person)
    person.be(role, unit, until)
    _settle(acting, person, before, acting.person.id)
    return True


def end_due_roles(work: UseCaseContext) -> None:
    """Those that were given for a time which is over."""
    for person in work.uow.people.roles_ending(work.now):
        before = _standing(person)
        person.end_role()
        _settle(work, person, before, None)


def _settle(work: UseCaseContext, person: Person, before: str, by: PersonId | None) -> None:
    """Whoever it is hears of it, too: a role is nothing that one has without knowing."""
    work.uow.people.save(person)
    work.uow.audit.log(work.now, by, "role_given", f"{person.handle} {before} → {_standing(person)}", work.channel)
    holders.hand_back(work, person, "holder_moved")
    last = None
    if person.role_until is not None:
        last = (person.role_until - timedelta(seconds=1)).astimezone(work.desk.zone).date()
    for private in cards.private_addresses_of(work, person):
        work.say(private, "role_given", role=person.role, unit=person.unit, day=last)


def _standing(person: Person) -> str:
    until = f" ({person.role_until.isoformat()})" if person.role_until is not None else ""
    return f"{person.role}:{person.unit or '-'}{until}"


# --- accounts, browsers, invitations --------------------------------------------------------------
def unlink(acting: Acting, person: Person, account: Account) -> bool:
    """Nobody speaks for them from it any more, and nothing is written to them there; with the web's their browsers are
    signed out. Raises as `require_may_unlink`."""
    require_may_unlink(acting, person)
    uow = acting.uow
    if not uow.people.unlink(account, person.id):
        return False
    others = [one for one in uow.people.accounts(person.id) if one.channel == account.channel]
    for place in uow.conversations.private_of(person.id):
        if place.channel == account.channel and (not others or place.address.endswith(f":{account.name}")):
            accounts.part_with(acting, person, place.address)
            place.person = None
            uow.conversations.save(place)
            uow.outbox.drop_all_to([place.address])
    if account.channel == "web":
        uow.sessions.end(person.id, acting.now)
    uow.audit.log(acting.now, acting.person.id, "unlinked", f"{person.handle} {account.channel}", acting.channel)
    return True


def require_may_unlink(acting: Acting, person: Person) -> None:
    """The last admin speaks from somewhere, always. Raises NotAllowed, Invalid(`not_yourself`, `last_admin`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    if person.id == acting.person.id:
        raise Invalid("not_yourself")
    if len(acting.uow.people.accounts(person.id)) == 1:
        admins.require_another(acting.uow, person)


def end_sessions(acting: Acting, person: Person, token_hash: str | None) -> int:
    """One of their browsers, or all; how many were signed in. Raises as `require_may_end_sessions`."""
    require_may_end_sessions(acting, person, token_hash)
    ended = acting.uow.sessions.end(person.id, acting.now, token_hash)
    if ended:
        about = f"{person.handle} {ended}"
        acting.uow.audit.log(acting.now, acting.person.id, "sessions_ended", about, acting.channel)
    return ended


def require_may_end_sessions(acting: Acting, person: Person, token_hash: str | None) -> None:
    """One of their browsers, or all. Whoever has no other account comes back with a code of an admin's alone: the last
    admin's last browser stays. Raises NotAllowed, Invalid(`last_admin`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    uow = acting.uow
    if person.id == acting.person.id or any(one.channel != "web" for one in uow.people.accounts(person.id)):
        return
    signed_in = {one.token_hash for one in uow.sessions.of(person.id) if one.ended_at is None}
    ending = signed_in if token_hash is None else signed_in & {token_hash}
    if ending and ending == signed_in:
        admins.require_another(uow, person)


def keep_invitation(
    acting: Acting, code_hash: str, role: Role, unit: UnitId | None, name: str, person: Person | None
) -> bool:
    """Of a code only its hash comes here. False: it is kept already. Raises NotAllowed, as `join_codes.invite`,
    Invalid(`role_of_gone`)."""
    require(acting.person, Action.MANAGE_PEOPLE)
    join_codes.require_role(role, unit)
    if person is not None and person.gone:
        raise Invalid("role_of_gone", who=person)
    if acting.uow.codes.get(code_hash) is not None:
        return False
    acting.uow.codes.add(
        JoinCode(
            code_hash=code_hash,
            role=role,
            unit=unit,
            name=name,
            person=person.id if person is not None else None,
            expires_at=acting.now + join_codes.CODE_LIVES,
            made_by=acting.person.id,
            made_at=acting.now,
        )
    )
    about = f"{role}:{unit or '-'}{' ' + person.handle if person is not None else ''}"
    acting.uow.audit.log(acting.now, acting.person.id, "invited", about, acting.channel)
    return True


def revoke_invitation(acting: Acting, code_hash: str) -> bool:
    """False where it was used or revoked already. Raises NotAllowed."""
    require(acting.person, Action.MANAGE_PEOPLE)
    if not acting.uow.codes.revoke(code_hash, acting.now):
        return False
    acting.uow.audit.log(acting.now, acting.person.id, "invitation_revoked", code_hash[:8], acting.channel)
    return True


def account_closed(work: UseCaseContext, event: AccountClosed) -> None:
    """Rights end everywhere, not only on the platform that told of it. Admins hear of everybody who had a role.

    The last admin's stay: somebody has to be able to make another one.
    """
    person = work.uow.people.by_account(event.sender)
    if person is None or person.gone:
        return
    if admins.is_last(work.uow, person):
        _last_admin_stays(work, person, event.channel)
        return
    role = person.role
    count = close_rights(work, person)
    if role is Role.REQUESTER:
        return
    for admin in work.uow.people.in_role(Role.ADMIN):
        for private in cards.private_addresses_of(work, admin):
            work.say(private, "account_closed", who=person, role=role, count=count, channel=event.channel)


def _last_admin_stays(work: UseCaseContext, person: Person, channel: str) -> None:
    """Told wherever else they are, and to whoever may ask them."""
    work.uow.audit.log(work.now, work.actor, "last_admin_stays", f"{person.handle} {channel}", work.channel)
    told = {one.id: one for one in (person, *work.uow.people.in_role(Role.ADMIN), *presence.directors_of(work))}
    for one in told.values():
        for place in work.uow.conversations.private_of(one.id):
            if not place.blocked and (one.id, place.channel) != (person.id, channel):
                work.say(place.address, "last_admin_stays", who=person, channel=channel)


def close_rights(work: UseCaseContext, person: Person, *, by_list: bool = False) -> int:
    """Somebody left the municipality: rights and sessions end, their work goes back to the queue; how many tickets.

    `by_list`: a staff list has them no more; what they were comes back with a list that has them again.
    """
    for seat in work.uow.programs.seats_of(person.id):
        work.uow.programs.end_seat(seat.id, work.now)
    person.leave(work.now, by_list=by_list)
    work.uow.people.save(person)
    work.uow.sessions.end(person.id, work.now)
    work.uow.outbox.drop_all_to([place.address for place in work.uow.conversations.private_of(person.id)])
    count = holders.hand_back(work, person, "holder_left")
    for ticket in work.uow.tickets.open_of_reporter(person.id):
        if ticket.state.active:
            cards.tell_workers(work, ticket, "work_reporter_left", reporter=person)
    work.uow.audit.log(work.now, work.actor, "left", person.handle, work.channel)
    return count
