import { folded } from './folded.ts';
import { knownWords } from './known-words.ts';

/**
 * Given names that children in Europe's schools often have and that are hardly ever a family name, folded. Enough to tell
 * which half of a class's names is which; no pupil needs to stand here.
 */
const known = knownWords(`
aaron abel abril ada adam adela adele adelina adil adnan adolfo adrian adriana adrien agata agatha agnes
agneta agnieszka ahmed ahmet aina ainara ainhoa aino aisha aitana aitor ajax aksel alan alba alberto aldo
alejandra alejandro aleksandar aleksandra alena alessandra alessandro alessia alex alexander alexandra
alexandre alexandros alexia alexis alfredo ali alice alicia alicja alina alisa alma almudena alva alvaro
amalia amanda amaia amaya amelia amelie amina amira amparo ana anabel anais anastasia anders andrea andreea
andrei andreas andrej andrzej ane anelia angel angela angeles angelica angelina angelika aniela anika anita
anja anke ann anna annalisa anne anneke annika anouk antje anton antonella antonia antonija antonio antonis
anxo aoife arantxa areta ari ariadna ariana arianna arkadiusz armando arnau arno arthur artur arturo arturs
arvid asa asia asier astrid aurelie aurora ausra axel ayse aysun aylin ayoub aziz barbara bartosz beata
beatrice beatriz begona belen ben benedetta benjamin berat berta beth bianca biel birgit birgitta bjorn
blanca blanka bogdan bogusia borja bozena branka brais brigitte bruna camila camille candela carla carles
carlos carlota carme carmen carmina carolina caroline catalina catarina caterina catherine cecilia cecilie
celia celine cesar chantal charlotte chiara chloe chris christian christiane christina christine christos
ciara claire clara claudia claudio clemence cristian cristiana cristina dafni dagmar dagny daiva damian
damien dan dana danica daniel daniela daniele danuta dariusz dario david davide dawid dejan delia denis
deniz denisa desislava diana diego dimitar dimitra dimitris dinis dolores domenico dominik dominika dora
dorota dorte dragan dylan ebba ebru eda edita edith eduard eduarda eduardo edurne edward efi eilidh eira
eirini ela elena eleni elias elif elin elina elisa elisabeth elisabetta elise eliza elizabeth ella ellen
elli elliot elodie elsa elvira elzbieta ema emanuela emil emilia emilie emiliano emily emine emma emmanuel
emre ene eneko enekoitz enrique enzo eric erica erik erika erlend ernesto esma esmee esperanza estefania
esteban ester esther estrella eszter eugenia eulalia eva evangelia evelin evi ewa ezgi fabian fabiana fabio
fabrizio fadma farid fatima fatma felicia felix ferenc fernanda fernando filip filipa filippo finn fiona
flavia flora florence floriana francesca francesco francina francisca francisco francois francoise fredrik
freya frida fridrik gabor gabriel gabriela gabriele gabriella gabrielle gael gaia galina galya garazi gary
gemma genevieve georgi georgia georgios georgina gerda gerard gergely giacomo giada gianluca gianni giorgia
giorgio giorgos giovanni giovanna gisela giulia giulio giuseppe gizem gloria goran gorka grace graciela
graham grazyna greta grethe grzegorz guadalupe gudrun guilherme guillaume guillem guillermo gustav gustavo
hakan hala halina hamza hana hanna hannah hannele hans harald harry hasan hassan hatice havva hedda heidi
heike heikki helen helena helene helga hendrik henri henrik henrique herbert herminia hilda hilde hugo
huseyin ian iban ibai ibrahim ida idoia ieva ignacio igor iker ikram ilaria ildefonsa ildiko ilse ilze iman
imane imanol imma ines inga inge ingeborg inger ingrid inigo inmaculada ioana ioanna ion iona iraia irati
irene irina iris irma isaac isabel isabela isabella isabelle isak isaura isil isla ismael ivan ivana iveta
ivo iwona izan izaro jaakko jacek jacob jacopo jacqueline jadranka jadwiga jaime jakob jakub jan jana jane
janina janis jannik jaroslav jasmin jasmina jasper jaume javier jean jeanne jelena jennifer jenny jens
jeremy jessica jesper jesus jimena joan joana joanna joao joaquin joaquina jochen joel johan johanna
johannes john jolanta jon jonas jonathan jone jordi jorge jose josefa josefina joseph joshua josip josune
jovana juan juana judit judith jukka julen julia julian juliana julie julien juliette julio jurgen justyna
kacper kaisa kamil kamila karen kari karima karin karina karl karolina kasia katarina katarzyna kate
katerina katharina katherine kathleen kati katja katrin katrine kerem kerstin kevin khadija kinga kirsi
kirsten klara klaus klaudia konstantina konstantinos kornelia kostas kristian kristina kristine kristjan
krystyna krzysztof kuba lamia laia laila lais lara lars lasse laszlo laura laurent lauri lea leandro leila
leire lejla lena lene leni leo leona leonardo leonie leonor leticia leyla lia liam lidia lien liisa lila
lili lilia lilian liliana lilja lilly lina linda line linnea lionel lisa lise liselotte liv livia loic lola
lorena lore loreto lorea lotte louis louisa louise lourdes lovisa luc luca lucia luciana luciano lucie lucja
lucrecia ludovica luigi luis luisa luiz luka lukas lukasz luz lydia maarten maartje mads magda magdalena
magnus maialen maider maija maikel maite maja maksim malak malgorzata malika malin manon manolo manuel
manuela mara marc marcel marcela marcelo marcin marco marek maren marga margarida margarita margaux
margherita margot mari maria marian mariana marianne marie mariella marija marijke marika marilena marina
mario marion marit marius marisa marisol mariya marjan marketa marko markus marlene marloes marta marten
martha martina martine martyna mary matej mateja mateusz mathias mathieu mathilde matias matilda matilde
matteo matthew matthias matthieu maud maura maurizio mauro max maxime maya mehdi mehmet meike melania
melanie melina melisa melike mercedes meritxell merve mette mia micaela michal michael michaela michel
michela michele michelle miguel mihaela mihai mihail miikka mikael mikel mikkel mila milan milada milena
milica milos mina minna miquel mira mireia miren miriam mirjana mirko mirna miroslav modesta mohamed
mohammed moises mona monica monika monique morgane morten mounir muhammad mustafa nadia nadine nadezhda
nagore naia naiara nahia nancy naomi narcis natalia natalija natalie nataliya natasa natascha nathalie
nathan nayara nazaret nefeli nele nelia nelli nerea nerijus neus nicholas nicola nicolae nicolas nicole
nicoleta niels nieves niina nika nikola nikolai nikolaos nikolina nikos nils nina nino noa noah noel noelia
noemi noor nora norma nour nuno nuria odile ofelia oguz oier oihana oihane oksana olaf ole oleksandr olena
olga olimpia olivia oliver oliwia omar omer onur orla oscar oskar ossian otilia otto ovidiu oyvind paloma
pamela panagiota panagiotis paola paolo paqui pascale patricia patrick patricija patrik patrizia patrycja
pau paula paulina pauline pavel pavla pawel pedro peio pekka pelagia pelayo per pere petar peter petra
petronela petteri philip philippa philippe pia pierre pieter pietro piia pilar piotr pol polina przemyslaw
pura quim rachel rachid radek radka rafael rafal rafaela ragnhild raimonda raissa ramona ramon raquel rasa
rasmus raul raya rayan rebeca rebecca regina reidun remedios rene renata renate ricard ricarda riccardo
ricardo rikke rita robert roberta roberto rocio rodrigo roger rok roland romina rosa rosalia rosario
rosemary roser rosina rowan roxana roza ruben rubi rune ruta ruth ryszard sabina sabine sabrina said salma
salvador salome samantha samir samira samuel samuele sanda sander sandra sandrine sanne sara sarah sasa
saskia saul sebastian sebastiano sebastien sedef selin selina selma sema serena sergei sergio sergiu sevda
sezin sibel sidonie siegfried sif signe sigrid silja silke silvana silvia silvio simona simone sina siobhan
siri sirpa slavka snezana sofia sofie soledad solene solveig sonia sonja sophia sophie soren soufiane
stanislav stanislaw stefan stefania stefanie stefano stella stephane stephanie stig stine susana susanna
susanne suzanne sven svetlana swieta sylvia sylvie szymon tadeusz taina tamar tamara tania tanja tanya
tatiana tatyana tea telmo teodora teresa tereza teun thais thea theo theodora theres therese thibault
thierry thijs thomas tiago tijana tilde tim timea timo tine tiziana tjasa tobias todor tom tomasz tomislav
tone tonje tora tove trine triin tuncay tuomas txomin ugo ula ulla ulrich ulrike uma umberto unai unax
urszula urska ursula ute uxia uxue vaclav valentina valeria valerie vanesa vanessa vanja vasil vasiliki
vasilis vassilis vega verena veronica veronika vesna vibeke vicenta victor victoria viktor viktoria vilde
vilma vincenzo violeta virginia vita vitor vittoria vivian vlad vladimir vojtech vytautas wanda wenke wiebke
wiktor wiktoria wilhelm william willem wim wojciech xabier xavi xavier xenia xiana xoan xulia yago yaiza
yanis yannick yara yasmin yasmina yasmine yassin yassine yesim yolanda youssef yuliya yves yvonne yvette
zaira zaida zakaria zala zane zbigniew zdenka zeynep zita zlatko zoe zofia zora zoran zsofia zsolt zuzana
zuzanna ζωη ελενη γιωργος αθηνα νικος σοφια δημητρης μαρια κατερινα κωνσταντινος γιαννης ιωαννα αναστασια
αννα βασιλικη ειρηνη αλεξανδρος αθανασιος παναγιωτης χρηστος ευαγγελια γεωργιος γεωργια δημητρα ιωαννης
νικολαος αναστασιος мария анна елена ольга наталья татьяна ирина екатерина анастасия дарья алиса полина иван
дмитрий алексей сергей андрей александр александра михаил никита илья максим артем софия виктория георги
димитър николай петър стефан александър йордан елица десислава цветелина ивана марија милица јелена никола
марко лука стефанија олена оксана тарас богдан юлія ірина катерина андрій олександр олександра микола
михайло марія ганна
`);

/** Says whether a word, however it is written, is a given name that stands here, or several of them (`Anne-Marie`); "no" says nothing. */
export function isGivenName(word: string): boolean {
  return folded(word)
    .split(' ')
    .every((part) => known.has(part));
}
