"""The letter that tells somebody there is an answer now. It names what anybody may read."""

from sqlmodel import Session

from desk import i18n, letters
from kb.articles.policy import address
from kb.articles.queries import Published
from kb.config import Config
from kb.db import stored_id
from kb.mail import actions as mail
from kb.questions import actions
from kb.questions.models import Question, Wish


def tell(
    session: Session, config: Config, wish: Wish, question: Question, shown: Published
) -> None:
    """Queue the letter and note that they were told; the address is forgotten."""
    if wish.email is None:
        return
    words = i18n.words(i18n.as_locale(wish.locale) or config.default_locale)
    letter = letters.write(
        words,
        "wish_told",
        brand=config.brand,
        link=config.public_url + address(shown.translation.locale, shown.translation.slug),
        title=shown.revision.title,
        date=words.date(question.asked_at),
    )
    mail.queue(session, to=wish.email, letter=letter, key=f"wish-{stored_id(wish.id)}-told")
    actions.tell(session, wish, article_id=stored_id(shown.article.id))
