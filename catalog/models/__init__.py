"""The content: the guide's judgement, the world's facts, and the vocabulary of conditions."""

from catalog.editorial.content_version import ContentVersion
from catalog.editorial.past_import import PastImport
from catalog.editorial.proposed_change import ProposedChange
from catalog.editorial.read_mark import ReadMark
from catalog.editorial.rows import Draftable
from catalog.editorial.saved_submission import SavedSubmission
from catalog.editorial.shipped_row import ShippedRow
from catalog.models.about_page import AboutSection
from catalog.models.aliases import Alias
from catalog.models.certification import Certification, Rated
from catalog.models.criteria import Assessment, Independence, Recognition, Requirement, Workload
from catalog.models.exams import Exam, Expectation
from catalog.models.guide import Chapter, Guide
from catalog.models.lifecycle import Lifecycle
from catalog.models.link_checks import LinkCheck
from catalog.models.membership import Membership
from catalog.models.platform import Platform
from catalog.models.price import Price
from catalog.models.provider import Provider
from catalog.models.quotations import Quotation
from catalog.models.renewal import Renewal
from catalog.models.sources import Confidence, Source, Sourced
from catalog.models.statement import Correction, Statement
from catalog.models.succession import Succession
from catalog.models.tier import Tier
from catalog.models.traits import ConditionField, Trait
