"""Given names that are common in the United Kingdom, and words that begin a phrase and are no names."""

_GIVEN = """
aaliyah aaron abdul abdullah abigail adam adele ahmed aiden aisha alan alex alexander alexandra alfie ali alice alicia
aliyah amal amara amelia amelie amina amir amy ana andrew angel anna anya archie aria arthur ashley ava ayaan ayesha
bella ben benjamin bethany billy blake bobby brandon caleb callum cameron charlie charlotte chloe christopher clara
connor daisy daniel danielle david declan dexter dylan eden edward eleanor elijah eliza elizabeth ella ellie elliot
emilia emily emma erin esme ethan eva evan evie ezra fatima felix finley florence frankie fraser freddie freya gabriel
george georgia grace grayson hamza hannah harley harper harriet harris harrison harry harvey hasan hassan heidi henry
hollie holly hudson hugo ibrahim iman imogen isaac isabel isabella isabelle isla ismail ivy jack jackson jacob jade
jaden jake james jamie jasmine jason jaxon jayden jenson jessica joe joel jordan joseph josh joshua jude julia kai
kaiden kayla keira khadija kian kieran kyle lacey lauren layla leah leo leon lewis lexi liam lily lola louie louis
luca lucas lucy luke lydia madison maisie malachi maria mariam martha mary maryam mason matilda matthew max maya megan
mia michael millie mohammad mohammed molly muhammad musa mya myla nancy nathan niamh noah nur oliver olivia ollie omar
oscar owen paige patrick penelope peter phoebe poppy rayyan rebecca reece reggie reuben rhys riley robert robin robyn
ronnie rory rosie ruby ryan safa sam samantha samuel sara sarah scarlett sebastian seth shannon sienna skye sofia
sophia sophie stanley stephen summer syed taylor teddy theo theodore thomas toby tom tommy tyler tyrone violet william
willow yasmin yusuf zac zachary zahra zain zainab zara zoe
"""
_NONE = """
a action actions adolescents adult adults after agreement all an analyses analysis and any anyone are as assessment
assessments at audit babies baby baseline because board both boy boys campaign carers case cases child children city
cohort contract data dataset document documents during each eight england every everyone evidence few figure figures
findings five four framework girl girls group guidance half infants information is last learners leavers legislation
looked many measure measures members men most no none not objective of on one only or over page pages parents part
partnership people person persons plan plans policies policy population practitioners priority procedure procedures
programme project protocol protocols pupil pupils recommendation record records report residents review reviews
service services seven seventeen sibling siblings six sixteen some staff strategy students survey system target
targets teenagers ten that the their them these they this those three training two under update updates victims we
website when where which while who women year years young youth youths
"""
# Words before a name that begin a sentence or join it: "When Tyrell was aged 14".
_JOINING = "after all and as because but by during if so that then when where while"
FIRST_NAMES = frozenset(_GIVEN.split())
NO_NAMES = frozenset(_NONE.split())
JOINING = frozenset(_JOINING.split())
