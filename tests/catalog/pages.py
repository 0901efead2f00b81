"""The pages of the catalogue as tests read them, and what is on them by hand."""

from functools import cache

from django.test import Client

from catalog.editorial.content_version import content_version
from tests.html import Element, read_page, texts

TITLE = "AI Certifications: Signal vs. Noise"
GOOGLE = "google-professional-machine-learning-engineer"
SPECIALTY = "aws-certified-machine-learning-specialty"
TENSORFLOW = "tensorflow-developer-certificate"
AZURE_ENGINEER = "microsoft-azure-ai-engineer-associate"
IBM = "ibm-ai-engineering-professional-certificate"
DEEPLEARNING = "deeplearning-ai-tensorflow-developer-professional-certificate"
AI_PLUS = "ai-plus-individual-certification"
PRACTITIONER = "aws-certified-ai-practitioner"
AZURE_FUNDAMENTALS = "microsoft-azure-ai-fundamentals"
COURSERA = "coursera-edx-professional-certificates"
PROMPT = "prompt-engineering-certificates"
ETHICS = "ai-ethics-certificates"
BOOTCAMP = "bootcamp-certificates-of-completion"
VENDOR = "vendor-ai-specialist-certifications"
AWS_ASSOCIATE = "aws-certified-machine-learning-engineer-associate"
AWS_GENAI = "aws-certified-generative-ai-developer-professional"
AZURE_APPS = "microsoft-azure-ai-apps-and-agents-developer-associate"

HIGH = "High signal"
MODERATE = "Moderate signal"
LOW = "Low signal"
AVOID = "Avoid"
UNRATED = "Not rated by this guide"

# All that the guide names, and the three successors of what has closed:
# slug, name, tier, status, byline, cost, study time
CERTIFICATIONS: list[tuple[str, str, str, str, str, str, str]] = [
    (
        GOOGLE,
        "Google Professional Machine Learning Engineer",
        HIGH,
        "Open",
        "Exam by Google, tied to Google Cloud",
        "$200 once",
        "2-3 months",
    ),
    (
        SPECIALTY,
        "AWS Certified Machine Learning - Specialty",
        HIGH,
        "Closed on 31 March 2026",
        "Exam by Amazon Web Services, tied to AWS",
        "$300 once",
        "2-3 months",
    ),
    (
        TENSORFLOW,
        "TensorFlow Developer Certificate",
        HIGH,
        "Closed",
        "Exam by Google",
        "$100 once",
        "1-2 months",
    ),
    (
        AZURE_ENGINEER,
        "Microsoft Azure AI Engineer Associate",
        MODERATE,
        "Closed on 30 June 2026",
        "Exam by Microsoft, tied to Azure",
        "$165 once",
        "1-2 months",
    ),
    (
        IBM,
        "IBM AI Engineering Professional Certificate",
        MODERATE,
        "Open",
        "Course series by IBM",
        "$59 a month, $177 in all, at least",
        "3-6 months",
    ),
    (
        DEEPLEARNING,
        "DeepLearning.AI TensorFlow Developer Professional Certificate",
        MODERATE,
        "Status unknown",
        "Course series by DeepLearning.AI",
        "$50 a month, $150 in all, at least",
        "3-4 months",
    ),
    (
        AI_PLUS,
        "AI+ Individual Certification",
        LOW,
        "Status unknown",
        "Exam by AI CERTs",
        "unknown",
        "unknown",
    ),
    (
        PRACTITIONER,
        "AWS Certified AI Practitioner",
        LOW,
        "Open",
        "Exam by Amazon Web Services, tied to AWS",
        "$100 once",
        "unknown",
    ),
    (
        AZURE_FUNDAMENTALS,
        "Microsoft Azure AI Fundamentals",
        LOW,
        "Open",
        "Exam by Microsoft, tied to Azure",
        "$99 once",
        "unknown",
    ),
    (COURSERA, "Most Coursera/edX “Professional Certificates”", LOW, "", "", "", ""),
    (PROMPT, "“Prompt Engineering” Certificates", AVOID, "", "", "", ""),
    (ETHICS, "“AI Ethics” Certificates", AVOID, "", "", "", ""),
    (BOOTCAMP, "Bootcamp “Certificates of Completion”", AVOID, "", "", "", ""),
    (VENDOR, "Vendor-Specific “AI Specialist” Certs", AVOID, "", "", "", ""),
    (
        AWS_ASSOCIATE,
        "AWS Certified Machine Learning Engineer - Associate",
        UNRATED,
        "Open",
        "Exam by Amazon Web Services, tied to AWS",
        "$75 once",
        "unknown",
    ),
    (
        AWS_GENAI,
        "AWS Certified Generative AI Developer - Professional",
        UNRATED,
        "Open",
        "Exam by Amazon Web Services, tied to AWS",
        "$300 once",
        "unknown",
    ),
    (
        AZURE_APPS,
        "Microsoft Azure AI Apps and Agents Developer Associate",
        UNRATED,
        "Open",
        "Exam by Microsoft, tied to Azure",
        "$165 once",
        "unknown",
    ),
]
RATED = [certification for certification in CERTIFICATIONS if certification[2] != UNRATED]
NAMES = {slug: name for slug, name, *_ in CERTIFICATIONS}
DETAILS = [f"/certifications/{slug}/" for slug in NAMES]
PAGES = ["/", "/guide/", "/certifications/", "/certifications/for-whom/", *DETAILS]


def shown(address: str) -> Element:
    """The page; the same content is rendered once."""
    return page_of(address, content_version())


@cache
def page_of(address: str, version: str) -> Element:
    response = Client().get(address)
    assert response.status_code == 200, address
    return read_page(response.content)


def list_pages() -> list[Element]:
    """All pages of the list without a filter."""
    pages = [shown("/certifications/")]
    while links := pages[-1].find("nav.pages").find_all("a", rel="next"):
        pages.append(shown(links[0].attributes["href"]))
    return pages


def detail(slug: str) -> Element:
    return shown(f"/certifications/{slug}/")


def maybe(element: Element, what: str) -> str:
    return " ".join(texts(element, what))
