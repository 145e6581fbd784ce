import { folded } from './folded.ts';
import { knownWords } from './known-words.ts';

/**
 * Family names that many have where this app is used, and nobody for a given name: of a name with one of them something is
 * known.
 */
const known = knownWords(`
garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez jimenez ruiz hernandez diaz moreno munoz alvarez
romero gutierrez alonso navarro torres dominguez vazquez ramos ramirez serrano blanco molina morales suarez ortega delgado
castro ortiz marin sanz nunez iglesias medina garrido cortes castillo lozano guerrero cano prieto mendez cruz calvo
gallego herrera marquez leon vidal pena flores cabrera campos fuentes carrasco diez caballero nieto reyes aguilar pascual
herrero santana lorenzo hidalgo montero ibanez gimenez ferrer duran vicente benitez mora arias vargas carmona crespo roman
pastor soto saez velasco moya soler parra esteban bravo gallardo rojas pardo merino franco espinosa izquierdo lara rivas
silva rivera casado arroyo redondo camacho rey vera otero galan luque montes rios sierra segura carrillo marcos soriano
bernal robles heredia palacios vila exposito benito varela macias contreras guerra mendoza mateo andres bueno villar plaza
escudero miranda santiago roldan valero avila menendez estevez jurado pereira salazar ballesteros rincon gracia oliva
salinas puig serra roca costa font pons sole rovira casas bosch mas riera valls ribas oro gil pozo roig ferrando peris
echevarria etxeberria aguirre mendizabal zabala urrutia uribe goni garmendia arana agirre
novoa quispe mamani huaman condori choque chavez zambrano quintero ospina restrepo zapata cardenas mejia
santos ferreira oliveira sousa rodrigues fernandes martins goncalves gomes lopes marques almeida ribeiro carvalho pinto
teixeira moreira correia mendes nunes soares vieira monteiro cardoso rocha coelho cunha pires simoes
martin bernard dubois durand moreau lefebvre leroy roux fournier girard bonnet lambert fontaine rousseau muller
schmidt schneider fischer weber meyer wagner becker schulz hoffmann koch richter klein wolf schroder neumann schwarz
rossi russo ferrari esposito bianchi romano colombo ricci greco bruno gallo conti mancini lombardi barbieri
smith jones taylor brown williams wilson johnson davies robinson wright thompson evans walker white roberts green hall
nowak kowalski kowalska wisniewski wojcik kaminski lewandowski zielinski popescu ionescu popa radu dumitru stan stoica
ivanov petrov dimitrov georgiev el ben benali alaoui idrissi amrani
`);

/** Says whether a word, however it is written, is a family name that stands here; "no" says nothing. */
export function isFamilyName(word: string): boolean {
  return known.has(folded(word));
}
