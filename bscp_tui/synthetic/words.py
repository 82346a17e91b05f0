"""Invented names and sentences; nobody and nothing real is meant by any of them."""

PEOPLE = (
    "Tamsin Alderwick", "Obadiah Fennimore", "Priyanka Holloway-Dast", "Callum Thistlebrook", "Wren Okafor-Lindqvist",
    "Jocasta Pemberwell", "Idris Marchbanks", "Sunniva Quillfeather", "Bartholomew Astley-Nkemelu",
    "Linnet Corrigan-Vale",
)  # fmt: skip
POSTS = ("Business manager", "Independent chair", "Data officer", "Learning lead", "Scrutineer", "Quality officer")
DISTRICTS = (
    "Ashvale", "Brackenford", "Colderby", "Dunmere", "Eskwater", "Fallowby", "Greystoke Mere", "Hartwell Cross",
    "Inglebeck", "Kestrel Bay", "Larkham", "Millthorpe",
)  # fmt: skip
BODIES = (
    "Children's services", "Police", "Community health trust", "Hospital trust", "Education partnership",
    "Housing alliance", "Youth justice team", "Probation office", "Voluntary sector forum", "Early help hub",
    "Family hubs", "Public health team", "Fostering service", "Ambulance service", "School nursing",
)  # fmt: skip
GROUPS = (
    "Executive board", "Quality group", "Learning group", "Exploitation group", "Neglect group", "Practice forum",
    "Health group", "Education group", "Data and insight group", "Training group",
)  # fmt: skip
CADENCES = ("Monthly", "Every two months", "Quarterly", "Twice a year")
THEMES = (
    "neglect", "online harm", "exploitation outside the home", "domestic abuse", "babies under one", "early help",
    "children who are missing education", "serious youth violence", "transition to adulthood", "the voice of children",
    "private fostering", "parental mental health", "information sharing", "supervision of staff", "faith settings",
)  # fmt: skip
VERBS = (
    "Review", "Strengthen", "Agree", "Publish", "Test", "Extend", "Simplify", "Embed", "Evaluate", "Commission",
)  # fmt: skip
THINGS = (
    "the pathway", "joint training", "the multi-agency audit", "the practice guide", "the screening tool",
    "the referral form", "the information sharing protocol", "the data set", "the assurance visits",
    "the threshold guide",
    "the response at weekends", "the peer challenge", "the briefing for schools", "the escalation policy",
)  # fmt: skip
SET_OUT = (
    "Partners will work through what stands in the way and agree who does what by when.",
    "The work builds on what families said in last year's listening exercise.",
    "Each agency names one person who answers for its part and brings figures to each meeting.",
    "The group looks at ten cases together and tells the board what it found.",
    "A short guide is drawn up with practitioners, tried in two teams and then offered to everybody.",
    "Managers make time for it in supervision, and say so in their returns.",
    "What other areas have tried is gathered first, so that nothing is invented twice.",
    "The lead brings a first draft to the board and a final one after consultation.",
)
OUTCOMES = (
    "Children are seen alone and their own words stand in the file.",
    "Help comes sooner, before things become a crisis.",
    "Staff in every agency know when and how to refer.",
    "Families tell their story once.",
    "Fewer children come back to notice within a year.",
    "Partners challenge one another and record how it ended.",
)
MEASURES = (
    "How many staff were trained, by agency.",
    "Share of audited files judged good.",
    "Referrals that led to help within a month.",
    "What children and parents say in the yearly survey.",
    "Repeat plans within two years.",
    "Days from concern to first visit.",
)
UPDATES = (
    "The group met twice. A first draft went round and most agencies have replied; two replies are still awaited.",
    "Training was given to forty-two people from nine agencies. What they wrote afterwards was good on the whole.",
    "Slower than hoped: the lead left in spring and the post was empty for ten weeks. A new lead has begun.",
    "The guide was tried in two teams. Both asked for fewer pages and more examples, and that is being done.",
    "Ten files were audited together. Six were good, three needed work, one was escalated and settled the same week.",
    "The board heard a progress report and asked for figures by district at its next meeting.",
    "Figures for the quarter arrived late from one agency, so the comparison will follow next time.",
    "Done as planned. The evaluation is under way and will come to the board in autumn.",
    "A parents' panel read the leaflet aloud and changed a third of it. The new wording is in use.",
    "Recruitment is finished; the team is complete and meets each week with the police and health leads.",
)
REASONS = (
    "The board agreed it.", "The lead reported it to the group.", "Posts are filled and the work has begun.",
    "The evaluation was received.", "More time is needed: consultation with schools took longer.",
    "The evidence was checked in the assurance visit.", "Reason awaited.", "Overtaken by the new national guidance.",
    "The group looked at the figures and changed its judgement.", "Capacity: the lead was on other duties.",
)  # fmt: skip
EVIDENCE = (
    "Minutes of the group, item 4.", "Training record for the quarter.", "Audit summary of ten files.",
    "Signed protocol, version 2.", "Survey of ninety parents and carers.", "Published guide on the website.",
    "Letter from the chair to all agencies.", "Slides and attendance list of the learning event.",
)  # fmt: skip
IMPACT = (
    "Fewer children came back to notice within the year.", "Families say that help came sooner than before.",
    "Audited files show better plans, and children's own words in them.", "Repeat referrals fell by a third.",
)  # fmt: skip
KEPT = ("The group's shared folder", "A letter to all agencies", "The website", "The team's minute book")
NO_ACTION = "The agencies concerned had mended it before the audit was reported."
HAND = (
    "Correct a typing error", "Put the wording of the minutes in", "Tidy the text after the meeting",
    "Update from the lead's e-mail", "Say it more plainly",
)  # fmt: skip
