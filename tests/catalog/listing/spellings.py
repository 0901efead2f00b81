"""Search terms that people type for the certifications that the guide does not name.

Where several entries bear what was typed, any of them may come first.
"""

BY_CODE = {
    "AB-100": "microsoft-agentic-ai-business-solutions-architect",
    "ab731": "microsoft-ai-transformation-leader",
    "dp 100": "microsoft-azure-data-scientist-associate",
    "Exam DP-100": "microsoft-azure-data-scientist-associate",
    "ai-300 exam": "microsoft-machine-learning-operations-engineer-associate",
    "AB-730 certification": "microsoft-ai-business-professional",
    "gh 300": "github-copilot-certification",
    "NCA-GENL": "nvidia-certified-associate-generative-ai-llms",
    "nca genl": "nvidia-certified-associate-generative-ai-llms",
    "ncp-aai": "nvidia-certified-professional-agentic-ai",
    "1Z0-1122": "oracle-cloud-infrastructure-ai-foundations-associate",
    "1z0-1122-25": "oracle-cloud-infrastructure-ai-foundations-associate",
    "ex267": "red-hat-certified-developer-in-ai",
    "ges c01": "snowpro-specialty-gen-ai",
    "CT-AI": "istqb-certified-tester-ai-testing",
    "ct genai": "istqb-testing-with-generative-ai",
    "aigp": "iapp-artificial-intelligence-governance-professional",
    "AAIA isaca": "isaca-advanced-in-ai-audit",
    "aaism certification": "isaca-advanced-in-ai-security-management",
    "PMI CPMAI": "pmi-certified-professional-in-managing-ai",
    "aip-210": "certnexus-certified-artificial-intelligence-practitioner",
    "c1000-185": "ibm-certified-watsonx-generative-ai-engineer-associate",
    "nd900": "udacity-agentic-ai-nanodegree",
    "ptca": "pytorch-certified-associate",
}
BY_SHORT_NAME = {
    "oci ai foundations": "oracle-cloud-infrastructure-ai-foundations-associate",
    "oracle ai foundations": "oracle-cloud-infrastructure-ai-foundations-associate",
    "databricks ml associate": "databricks-certified-machine-learning-associate",
    "databricks ml pro": "databricks-certified-machine-learning-professional",
    "databricks genai engineer associate": "databricks-certified-generative-ai-engineer-associate",
    "snowflake gen ai": "snowpro-specialty-gen-ai",
    "claude architect": (
        "claude-certified-architect-foundations",
        "claude-certified-architect-professional",
    ),
    "claude certified developer": "claude-certified-developer-foundations",
    "anthropic certification": (
        "claude-certified-architect-foundations",
        "claude-certified-architect-professional",
        "claude-certified-developer-foundations",
        "ai-fluency-framework-and-foundations",
    ),
    "machine learning engineer": (
        "google-professional-machine-learning-engineer",
        "aws-certified-machine-learning-engineer-associate",
    ),
    "coursera": "coursera-edx-professional-certificates",
    "pmle exam 2026": "google-professional-machine-learning-engineer",
    "andrew ng machine learning": "machine-learning-specialization",
    "andrew ng deep learning course": "deep-learning-specialization",
    "deeplearning.ai deep learning specialization": "deep-learning-specialization",
    "coursera ml specialization": "machine-learning-specialization",
    "gen ai with llms": "generative-ai-with-large-language-models",
    "genai for everyone": "generative-ai-for-everyone",
    "gcp generative ai leader": "google-cloud-generative-ai-leader",
    "google gen ai leader": "google-cloud-generative-ai-leader",
    "google ai certificate": "google-ai-professional-certificate",
    "google ai pro cert": "google-ai-professional-certificate",
    "copilot certification": "github-copilot-certification",
    "azure mlops": "microsoft-machine-learning-operations-engineer-associate",
    "ms azure data scientist": "microsoft-azure-data-scientist-associate",
    "iso 42001": "pecb-certified-iso-iec-42001-lead-implementer",
    "ai governance certification": "iapp-artificial-intelligence-governance-professional",
    "cs50 ai": "cs50-introduction-to-artificial-intelligence-with-python",
    "harvard ai course": "cs50-introduction-to-artificial-intelligence-with-python",
    "stanford ai certificate": (
        "stanford-artificial-intelligence-professional-program",
        "stanford-artificial-intelligence-graduate-certificate",
    ),
    "mit micromasters": "mitx-micromasters-program-in-statistics-and-data-science",
    "berkeley ml ai certificate": (
        "uc-berkeley-professional-certificate-in-machine-learning-and-artificial-intelligence"
    ),
    "great learning pgp": (
        "ut-austin-post-graduate-program-in-ai-and-machine-learning-business-applications"
    ),
    "vanderbilt chatgpt": "prompt-engineering-specialization",
    "ibm watsonx": "ibm-certified-watsonx-generative-ai-engineer-associate",
    "openai certificate": ("openai-certified-ai-foundations", "openai-academy-ai-foundations"),
    "linkedin microsoft generative ai": (
        "career-essentials-in-generative-ai-by-microsoft-and-linkedin"
    ),
    "nvidia": (
        "nvidia-certified-associate-generative-ai-llms",
        "nvidia-certified-associate-ai-infrastructure-and-operations",
        "nvidia-certified-professional-generative-ai-llms",
        "nvidia-certified-professional-agentic-ai",
        "nvidia-certified-professional-ai-infrastructure",
        "nvidia-certified-professional-ai-operations",
    ),
    "huggingface agents course": "hugging-face-ai-agents-course-certificate",
}
MISSPELT = {
    "hugging face certificate": (
        "hugging-face-ai-agents-course-certificate",
        "hugging-face-llm-course-chapter-certificate",
    ),
    "hugingface llm course": "hugging-face-llm-course-chapter-certificate",
    "anthropic cluade certified architect": (
        "claude-certified-architect-foundations",
        "claude-certified-architect-professional",
    ),
    "kagle certificates": "kaggle-learn-certificates",
    "sales force ai associate": "salesforce-certified-ai-associate",
    "agent force specialist": "salesforce-certified-agentforce-specialist",
    "comptia sec ai+": "comptia-secai-plus",
    "compTIA datax": "comptia-dataai",
    "elements of a.i.": "elements-of-ai",
    "element of ai helsinki": "elements-of-ai",
    "free code camp machine learning": "freecodecamp-machine-learning-with-python",
    "datacamp ai enginer": "datacamp-ai-engineer-for-developers-associate",
    "ml zoom camp": "machine-learning-zoomcamp-certificate",
    "lewagon data science bootcamp": "le-wagon-data-science-and-ai-bootcamp",
    "triple ten bootcamp": "tripleten-ai-and-machine-learning-bootcamp",
    "spring board machine learning bootcamp": (
        "springboard-machine-learning-engineering-and-ai-bootcamp"
    ),
    "ibm data sciense": "ibm-data-science-professional-certificate",
    "ibm gen ai engineering": "ibm-generative-ai-engineering-professional-certificate",
    "google prompting esentials": "google-prompting-essentials",
    "nvidia certified asociate generative ai": "nvidia-certified-associate-generative-ai-llms",
    "blockchain council prompt engineer": "certified-prompt-engineer-blockchain-council",
    "oxford university ai programme": "oxford-artificial-intelligence-programme",
    "oxford ai program": "oxford-artificial-intelligence-programme",
    "aws ai business stratgist": "aws-certified-ai-business-strategist",
    "pytorch certificate": (
        "pytorch-certified-associate",
        "pytorch-for-deep-learning-professional-certificate",
    ),
    "google adv data analytics": "google-advanced-data-analytics-professional-certificate",
}
ASKED = {
    "should i get the pmle": "google-professional-machine-learning-engineer",
    "gcp professional ml engineer exam cost": "google-professional-machine-learning-engineer",
    "aws machine learning speciality": "aws-certified-machine-learning-specialty",
    "is ai certs legit": "ai-plus-individual-certification",
    "how hard is the aws ai practitioner exam": "aws-certified-ai-practitioner",
    "passed aws ai practitioner now what": "aws-certified-ai-practitioner",
    "lohnt sich das AWS AI Practitioner Zertifikat": "aws-certified-ai-practitioner",
    "microsoft ai-900 vs ai-901 difference": "microsoft-azure-ai-fundamentals",
    "certificação azure ai engineer": "microsoft-azure-ai-engineer-associate",
    "IBM KI Zertifikat engineering": "ibm-ai-engineering-professional-certificate",
    "are coursera certificates worth it": "coursera-edx-professional-certificates",
    "do employers care about coursera certs": "coursera-edx-professional-certificates",
    "are vendor certs worth anything": "vendor-ai-specialist-certifications",
    "do i need an ai ethics certification": "ai-ethics-certificates",
    "bootcamp de inteligencia artificial": "bootcamp-certificates-of-completion",
    "andrew ng tensorflow certificate": (
        "deeplearning-ai-tensorflow-developer-professional-certificate"
    ),
    "google ai professional cert coursera": "google-ai-professional-certificate",
    "vale la pena el certificado de google ai essentials": "google-ai-essentials",
    "should a lawyer get the aigp": "iapp-artificial-intelligence-governance-professional",
    "free code camp machine learning with python": "freecodecamp-machine-learning-with-python",
    "curso de deep learning de andrew ng": "deep-learning-specialization",
    "mit professional certificate machine learning": (
        "mit-professional-certificate-program-in-machine-learning-and-artificial-intelligence"
    ),
    "ai for everyone": "ai-for-everyone",
    "ai+ prompt engineer lvl 1": "ai-plus-prompt-engineer-level-1",
    "stanford ai professional programme": "stanford-artificial-intelligence-professional-program",
    "nvidia associate or professional": (
        "nvidia-certified-professional-agentic-ai",
        "nvidia-certified-professional-ai-infrastructure",
        "nvidia-certified-professional-ai-operations",
        "nvidia-certified-professional-generative-ai-llms",
    ),
}
IN_FULL = {
    "aws certified artificial intelligence practitioner": "aws-certified-ai-practitioner",
    "azure artificial intelligence fundamentals": "microsoft-azure-ai-fundamentals",
    "certificat AWS praticien intelligence artificielle": "aws-certified-ai-practitioner",
}
PASTED = {
    "\uff21\uff29\uff26\uff0d\uff23\uff10\uff11": "aws-certified-ai-practitioner",
    "https://cloud.google.com/learn/certification/machine-learning-engineer": (
        "google-professional-machine-learning-engineer"
    ),
    "https://www.coursera.org/professional-certificates/ai-engineer": (
        "ibm-ai-engineering-professional-certificate"
    ),
    "aws.amazon.com/certification/certified-ai-practitioner/?ch=sec&sec=rmg": (
        "aws-certified-ai-practitioner"
    ),
    "http://localhost:8000/certifications/tensorflow-developer-certificate/": (
        "tensorflow-developer-certificate"
    ),
    "https://www.example.com/courses/deep-learning-specialization#about": (
        "deep-learning-specialization"
    ),
}
SPELLINGS = {**BY_CODE, **BY_SHORT_NAME, **MISSPELT, **ASKED, **IN_FULL, **PASTED}
