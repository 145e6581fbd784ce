/** Friendly words that a child writes in English: lower case, plain letters, four to seven of them (PW4). */
export const words: readonly string[] = `
acorn almond anchor animal apple april apron arrow atlas august autumn badge bagel bakery ball
balloon bamboo banana banjo barley barn basket beach bead beaver bell berry bike bird biscuit bloom
blue boat book bottle bread breeze brick bridge bright bronze brook broom brush bubble bucket button
cabin cactus cake camel camera candle canoe canyon carpet carrot castle cedar cello chair chalk
cheese cherry chess circle circus clay cliff clock cloud clover coat cocoa comet cookie copper coral
corn cotton cousin cradle crane crayon cream cricket crystal cuddle cups daisy dance dawn deer
desert dinner dizzy dolphin donkey dragon dream drum duck eagle early earth east echo ember engine
fabric falcon family farm feather fern ferry fiddle field finch fire fjord flag flame flower flute
forest fossil friend frog frost fruit garden garlic gate gentle giant ginger globe goat gold goose
grape grass green guitar hammer harbour harp hazel heart helmet hero heron hill honey hood horse
house igloo indigo island ivory jacket jelly jewel jolly juice july jump june jungle kettle kind
king kite kitten koala ladder lagoon lake lamb lantern laugh lemon letter light lily lion lizard
lucky lunch magic magnet mango maple marble market maths meadow melon mint mirror mitten monkey moon
moose morning mouse mule music needle nest nice night noodle north oasis oats ocean olive onion
orange orbit orchid otter oven paint panda paper parade parcel park parrot party peach peanut pearl
pebble pencil penguin pepper piano picnic pillow pine pirate planet plum pocket poem pony poppy
potato prairie puddle puppet puzzle quartz queen quiet quilt rabbit radio rain raven ribbon rice
river robin rocket rose ruby saddle sail salad salmon sand scarf school season seed shadow sheep
shell ship silver singer sketch sledge slipper smile snow soap sock song soup south spark spoon
spring square star stone storm story straw stream street sugar summer sunny swan sweet swift table
tailor teapot temple tennis tent theatre thread tiger timber toast tomato tower trail train travel
tree trumpet tulip tunnel turtle tweed unicorn valley velvet village violet violin voyage waffle
wagon walnut water wave west whale wheat wheel whistle willow wind window winter wolf wonder wool
yacht yellow yogurt zebra
`
  .trim()
  .split(/\s+/);
