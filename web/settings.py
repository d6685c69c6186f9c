"""What the surroundings decide. The only reader of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from web.languages import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the service.

    `index` names the index; `base_url` is the public address that permanent links begin
    with (empty: that of the request); `language` is spoken to who asks for neither;
    `corpus` is the folder whose files may be opened from the pages (empty: none).
    """

    index: str = ".kwerenda"
    base_url: str = ""
    language: Language = "pl"
    corpus: str = ""


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Give the settings that the environment variables make.

    Raises: ValueError, in one plain sentence.
    """
    environ = os.environ if environ is None else environ
    default = Settings()
    base_url = environ.get("KWERENDA_BASE_URL", default.base_url).rstrip("/")
    if base_url and not base_url.startswith(("http://", "https://")):
        raise ValueError(
            f"KWERENDA_BASE_URL must begin with http:// or https://, not {base_url!r}."
        )
    named = environ.get("KWERENDA_LANGUAGE", default.language)
    language = next((known for known in LANGUAGES if known == named), None)
    if language is None:
        raise ValueError(f"KWERENDA_LANGUAGE must be one of {', '.join(LANGUAGES)}, not {named!r}.")
    return Settings(
        index=environ.get("KWERENDA_INDEX") or default.index,
        base_url=base_url,
        language=language,
        corpus=environ.get("KWERENDA_CORPUS", default.corpus),
    )
