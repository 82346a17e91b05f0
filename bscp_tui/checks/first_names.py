"""Given names that are common in the United Kingdom, and words that begin a phrase and are no names."""

_GIVEN = """
aaliyah aarav aaron abdirahman abdul abdullah abena abigail adaeze adam adele ahmed aiden aisha alan albert aleena
alex alexander alexandra alexandru alfie alfred ali alice alicia aliyah ama amaan amal amandeep amara amari amelia
amelie amina amir amy ana ananya anaya andrei andrew angel anil anna annabelle anya arabella archie aria arjun arthur
ashley asif aurora ava ayaan ayat ayesha ayo ayub beatrice bella ben benjamin bethany bilal billy blake bobby bonnie
bradley brandon brooke caitlin caleb callum cameron cara cassie charley charlie charlotte chelsea chidi chloe
christopher clara cody connor corey courtney daisy daniel daniella danielle david declan delilah demi dexter diya
dominic dylan eden edward eesa eleanor elena elijah eliot eliza elizabeth ella ellie elliot elsie emeka emilia emily
emma emmanuel erin esme ethan eva evan eve evelyn evie ezekiel ezra faisal fatima fatimah faye felicity felix filip
finlay finley finn florence francesca frankie fraser freddie freya gabriel gabriella gemma george georgia grace gracie
grayson gurpreet hafsa hallie hamza hania hannah haris harley harper harpreet harriet harris harrison harry harvey
hasan hassan hayden heather heidi henry hibo hira hodan hollie holly hudson hugo ibrahim ifrah iman imogen imran
inaaya ionut isaac isabel isabella isabelle ishaan isla ismail ivy jack jackson jacob jada jade jaden jai jake jakub
jamal james jamie jasleen jasmine jason jasper jaspreet jaxon jay jayden jenna jenson jermaine jess jessica joanna
jodie joe joel jonah jonathan jordan joseph josh joshua josiah josie jude julia kacper kai kaiden kaitlyn kamran karl
kate katherine kathryn katie kayla kayleigh keira kelsey kevin khadija khalid kian kiera kieran kiran kirsty kofi
kwame kyle kymani kyron lacey lara laura lauren layla leah leighton leila lena leo leon lewis lexi leyla liam libby
lilly lily logan lois lola lottie louie louis luca lucas lucy luke luna lydia lyla mabel mackenzie maddie maddison
madison mahad maisie maja malachi malik manpreet marcus margot maria mariam marley martha mary maryam mason matilda
matteo matthew max maya meera megan melissa mia michael mihai mila millie milo mohammad mohammed molly muhammad
muhammed musa mya myla nadia nancy naomi natalie natasha nathan nathaniel neha nell nevaeh ngozi niamh nicholas nicole
nina noah nora nur oakley oliver olivia oliwia ollie oluwaseun omar orla oscar otis otto owen paige patrick penelope
peter philip phoebe pooja poppy priya quinn rachel ralph raphael rashid ravi rayan rayyan rebecca reece reggie rehan
reuben rhys riley robert robin robyn rohan romeo ronnie rory rosa rosie rowan roxanne ruby rufus ruqayyah ryan sadie
safa safiya saif sally sam samantha samuel sana sanjay sara sarah sasha scarlett sean sebastian selina serena seth
shane shanice shaniqua shannon shaun sienna simon simran skye skyla sofia sonny sophia sophie stanley stefan stella
stephen stuart sufyan sumaya summer sunita susie syed szymon tabitha tamara tanisha tara tariq taylor teddy tegan temi
tessa thea theo theodore thomas tia tiana tilly tina tobi tobias toby tom tommy tristan troy tunde tyler tyreese
tyrell tyrese tyrone umar usman valentina vanessa victor vihaan vincent violet wesley wilfred william willow xander
yahya yaqub yasmin yasmine yusra yusuf yvonne zac zachariah zachary zack zahra zain zainab zakariya zara zayn zaynab
zeeshan zoe zofia zoya zunaira zuzanna
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
