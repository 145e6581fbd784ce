/** Friendly words that a child writes in Spanish: lower case, plain letters, four to seven of them (PW4). */
export const words: readonly string[] = `
abeja abrazo abril abuela agosto agua aire aldea alegre algodon alto amable amigo ancla anillo arbol
ardilla arena aroma arpa arroyo arroz asado atril aurora avena avion azul bahia baile balon banco
bandera barca barco barrio berro bloque bola bolsa bonito bosque botella boton brillo brisa brocha
bufanda buho burbuja burro caballo cabra cacao cactus caldo calle calma camino campana campo canela
canoa cantar capa caracol carta casa castor cebra cereza cesta cielo ciervo ciruela cisne claro
clavel cohete cometa conejo copa coral correr cuadro cuento cuerda danza delfin dibujo diente dorado
dragon duende dulce durazno edredon erizo escoba espiga espuma fabula faro fiesta flauta flecha flor
foca fresa fruta fuente futuro gallo ganso garza gato gaviota genial girasol globo gorra gorro
grande grano grillo grulla guante hada hamaca helado hielo higo hilo hoja hormiga huerto huevo iglu
isla jardin jarra jirafa jugar jugo juguete julio junio koala laguna lana lancha lapiz largo leche
leon libro liebre limon linda lista llave lluvia lobo loro luna maceta madera magia maiz mango manta
manzana mapa marea martes mayo melena melon menta mesa miel mimosa mochila molino moneda mono montar
mora morado musica nadar naranja nata navio nido nieve noche nogal norte nube nuez oasis oceano
oeste olivo onda orilla oruga osito otono oveja paisaje pajaro palma paloma panda papel parque pasto
pato pavo peine pelota perla perro piano piedra pincel pino pinta pirata pluma poema pradera prado
puente puerto pulpo queso quinta radio rama rana raton rayo regalo reloj remo ribera risa rizo roble
roca rojo ronda rosa rueda saltar sandia sapo selva semilla sendero setas siesta silla sirena sombra
sonido sopa suave tambor tango tarde tarta taza techo tejado templo tesoro tiempo tienda tierra
tigre tijera tiza tomate topo torre tortuga tren trigo trineo trozo trucha tulipan uvas vaca valle
vela velero verano verde viaje viento viernes violin volar vuelo yate yegua zafiro zapato zorro zumo
`
  .trim()
  .split(/\s+/);
